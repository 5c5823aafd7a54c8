"""A provider on this machine, as a process of its own: OpenID Connect by `oidc_provider_mock`, and beside it ORCID.

`/_next` tells it what to do wrong the next time: a real provider cannot be asked to. The ORCID part answers as
https://info.orcid.org/documentation/api-tutorials/ describes token and record.
"""

import sys
import time
import warnings
from collections.abc import Callable
from typing import Any

import flask
import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

warnings.simplefilter("ignore")  # of the package's own dependencies
import oidc_provider_mock  # noqa: E402  # after the filter

ORCID = "0000-0002-1825-0097"

app = oidc_provider_mock.app(require_nonce=True)
wrong: dict[str, str] = {}


@app.post("/_next")
def following() -> dict[str, str]:
    """What to do wrong from now on; nothing where nothing is named."""
    wrong.clear()
    wrong.update(flask.request.form)
    return dict(wrong)


@app.before_request
def _away() -> Any:
    path = flask.request.path
    if wrong.get("away") == path:
        return "out of order", 503
    if wrong.get("babble") == path:
        return "<html>it works</html>", 200
    if wrong.get("list") == path:
        return flask.jsonify(["not", "an", "object"])
    return None


@app.after_request
def _spoilt(answer: flask.Response) -> flask.Response:
    path, fault = flask.request.path, wrong.get("token", "")
    if path == "/oauth2/token" and fault and answer.status_code == 200:
        said = answer.get_json()
        said.update(FAULTS[fault](said))
        answer.set_data(flask.json.dumps({name: value for name, value in said.items() if value is not None}))
    if path == "/.well-known/openid-configuration" and wrong.get("issuer"):
        answer.set_data(flask.json.dumps({**answer.get_json(), "issuer": wrong["issuer"]}))
    if path == "/userinfo" and wrong.get("subject"):
        answer.set_data(flask.json.dumps({**answer.get_json(), "sub": wrong["subject"]}))
    return answer


def _resigned(said: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """The ID token with these claims changed, under the provider's own key."""
    own = flask.g.oidc_provider_mock_storage.jwk.as_dict(is_private=True)
    claims = {**jwt.decode(said["id_token"], options={"verify_signature": False}), **changes}
    kept = {name: value for name, value in claims.items() if value is not None}
    key = jwt.PyJWK({**own, "alg": "RS256"}).key
    return {"id_token": jwt.encode(kept, key, algorithm="RS256", headers=_named())}


def _named() -> dict[str, str]:
    """As the provider names its key."""
    return {"kid": flask.g.oidc_provider_mock_storage.jwk.as_dict(add_kid=True)["kid"]}


def _by_a_stranger(said: dict[str, Any], **named: str) -> dict[str, Any]:
    claims = jwt.decode(said["id_token"], options={"verify_signature": False})
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return {"id_token": jwt.encode(claims, key, algorithm="RS256", headers={**_named(), **named})}


def _unsigned(said: dict[str, Any]) -> dict[str, Any]:
    claims = jwt.decode(said["id_token"], options={"verify_signature": False})
    return {"id_token": jwt.encode(claims, key=None, algorithm="none")}


FAULTS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "audience": lambda said: _resigned(said, aud="somebody else"),
    "two audiences": lambda said: _resigned(said, aud=["zhongyan", "somebody else"]),
    "issuer": lambda said: _resigned(said, iss="https://elsewhere.example"),
    "nonce": lambda said: _resigned(said, nonce="of another request"),
    "no nonce": lambda said: _resigned(said, nonce=None),
    "over": lambda said: _resigned(said, exp=int(time.time()) - 3600),
    "subject": lambda said: _resigned(said, sub="somebody else"),
    "no subject": lambda said: _resigned(said, sub=None),
    "signature": _by_a_stranger,
    "another key": lambda said: _by_a_stranger(said, kid="another"),
    "unsigned": _unsigned,
    "none": lambda said: {"id_token": None},
    "babble": lambda said: {"id_token": "babble"},
    "expiry": lambda said: {"expires_in": "soon"},
    "nothing": lambda said: {},
}


@app.get("/orcid/oauth/authorize")
def orcid_authorize() -> Any:
    asked = flask.request.args
    return flask.redirect(f"{asked['redirect_uri']}?code=orcid-code&state={asked['state']}")


@app.post("/orcid/oauth/token")
def orcid_token() -> Any:
    if flask.request.form["code"] != "orcid-code" or flask.request.form["client_secret"] != "orcid secret":
        return flask.jsonify(error="invalid_grant"), 400
    return flask.jsonify(
        access_token="f5af9f51-07e6-4332-8f1a-c0c11c1e3728",
        token_type="bearer",
        expires_in=631138518,
        scope="/authenticate",
        name="Josiah Carberry",
        orcid=wrong.get("orcid", ORCID),
    )


@app.get("/orcid-api/v3.0/<identifier>/record")
def orcid_record(identifier: str) -> Any:
    name = {"given-names": {"value": "Josiah"}, "family-name": {"value": "Carberry"}}
    path = wrong.get("record", identifier)
    return flask.jsonify(
        {
            "orcid-identifier": {"uri": f"https://orcid.org/{path}", "path": path, "host": "orcid.org"},
            "person": {"name": name, "emails": {"email": [{"email": "josiah@example.org", "verified": True}]}},
        }
    )


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(sys.argv[1]), debug=False, use_reloader=False)
