"""The reference socket: Channels' own consumer, one group, what is sent to the group is passed on."""

from typing import Any

import django

django.setup()

from channels.generic.websocket import AsyncWebsocketConsumer  # noqa: E402  # needs the settings loaded above
from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402  # the same
from django.urls import path  # noqa: E402  # the same

GROUP = "bare"


class Bare(AsyncWebsocketConsumer):  # type: ignore[misc]  # channels carries no types
    """Hears one group."""

    async def connect(self) -> None:
        await self.channel_layer.group_add(GROUP, self.channel_name)
        await self.accept()
        await self.send(text_data='{"type": "joined"}')

    async def tell(self, event: dict[str, Any]) -> None:
        await self.send(text_data=event["text"])


application = ProtocolTypeRouter({"websocket": URLRouter([path("ws/", Bare.as_asgi())])})
