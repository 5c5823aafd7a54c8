from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from channels.layers import channel_layers, get_channel_layer

from realtime import pulse


@pytest.fixture(autouse=True)
def quick_pulse(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looks at rights come sooner than in a server, so that tests need not wait."""
    monkeypatch.setattr(pulse, "BEAT", 0.3)


@pytest_asyncio.fixture
async def layer() -> AsyncIterator[None]:
    """The configured channel layer (Redis when REDIS_URL is set), its connections closed on the loop they live on."""
    yield
    configured = get_channel_layer()
    if hasattr(configured, "flush"):
        await configured.flush()
    channel_layers.backends.clear()
