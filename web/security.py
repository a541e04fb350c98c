"""REQUEST -> SAFE ANSWER: what keeps hostile text, hostile sites and endless uploads out."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# No scripts at all: the pages work without them, so nothing injected can run.
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_TOO_MUCH = "Các tệp gửi lên cùng lúc lớn quá mức cho phép. Hãy gửi ít tệp hơn mỗi lần."
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class SecurityHeaders:
    """Adds `HEADERS` to every answer, and refuses changes that another site asks for."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        if scope["method"] not in _SAFE_METHODS and _is_foreign(Headers(scope=scope)):
            refusal = PlainTextResponse("Yêu cầu đến từ một trang khác nên bị từ chối.", 403)
            await refusal(scope, receive, send_safely)
            return
        await self.app(scope, receive, send_safely)


class BodyLimit:
    """Refuses a request whose body is larger than the disk should have to bear."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self.app = app
        self.limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, counting what comes in."""
        taken = 0

        async def receive_some() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self.limit:
                raise HTTPException(413, _TOO_MUCH)
            return message

        if scope["type"] == "http" and self._is_announced(Headers(scope=scope)):
            refusal = PlainTextResponse(_TOO_MUCH, 413, {"Connection": "close"})
            await refusal(scope, receive, send)
            return
        await self.app(scope, receive_some, send)

    def _is_announced(self, headers: Headers) -> bool:
        length = headers.get("content-length", "0")
        return length.isdecimal() and int(length) > self.limit


def _is_foreign(headers: Headers) -> bool:
    """Tell whether a browser says that a page of another site sent the request.

    Programs send no `Origin`; they hold no session that could be abused.
    """
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != headers.get("host")
