"""Amounts of money: an integer number of 分 everywhere, spoken as people read it, never rounded."""

from decimal import Decimal, InvalidOperation

FEN_PER_YUAN = 100
FEN_PER_WAN = 10_000 * FEN_PER_YUAN
FEN_PER_YI = 10_000 * FEN_PER_WAN
FEN_PER_MILLION = 1_000_000 * FEN_PER_YUAN


def fen_from_wan(wan: Decimal) -> int:
    """What was typed in 万元, in 分.

    Raises ValueError for a number that is no whole number of 分 or not a number at all: nothing is rounded.
    """
    try:
        fen = wan * FEN_PER_WAN
        whole = int(fen)
    except (InvalidOperation, OverflowError, ValueError) as error:
        raise ValueError("not an amount") from error
    if fen != whole:
        raise ValueError("finer than one 分")
    return whole


def wan_from_fen(fen: int) -> Decimal:
    """The same amount in 万元, exact, as a form shows it: 12500000000 分 are Decimal('12500')."""
    return _bare(Decimal(fen) / FEN_PER_WAN)


def spoken(fen: int, language: str) -> str:
    """The amount in words of the language: "300 万元", "CNY 3 million". Always exactly the amount.

    A large unit is used only where at most two decimals say it all; else every digit is written out.
    """
    sign = "-" if fen < 0 else ""
    size = abs(fen)
    return _chinese(size, sign) if language.startswith("zh") else _english(size, sign)


def _chinese(fen: int, sign: str) -> str:
    for unit, word in ((FEN_PER_YI, "亿元"), (FEN_PER_WAN, "万元")):
        if _fits(fen, unit):
            return f"{sign}{_in(fen, unit)} {word}"
    return f"{sign}{_digits(fen)} 元"


def _english(fen: int, sign: str) -> str:
    for unit, word in ((1000 * FEN_PER_MILLION, "billion"), (FEN_PER_MILLION, "million")):
        if _fits(fen, unit):
            return f"CNY {sign}{_in(fen, unit)} {word}"
    return f"CNY {sign}{_digits(fen)}"


def _fits(fen: int, unit: int) -> bool:
    """Whether the amount reaches the unit and two decimals of it are exact."""
    return fen >= unit and fen * 100 % unit == 0


def _in(fen: int, unit: int) -> str:
    return f"{_bare(Decimal(fen) / unit):,f}"


def _digits(fen: int) -> str:
    yuan, rest = divmod(fen, FEN_PER_YUAN)
    return f"{yuan:,}.{rest:02d}" if rest else f"{yuan:,}"


def _bare(number: Decimal) -> Decimal:
    """Without trailing zeros and without an exponent."""
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()
