"""Drives Mastodon.py as the test asks: a line of JSON in ([method, positional, named]), a line of JSON out."""
import json
import sys
import threading

from mastodon import Mastodon, StreamListener

client = None
lock = threading.Lock()


def plain(value):
    """Ids are whole numbers here, larger than the other side can hold: they go as text."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    if isinstance(value, int) and abs(value) > 2**53:
        return str(value)
    return value


def say(value):
    with lock:
        print(json.dumps(value, default=str), flush=True)


class Listener(StreamListener):
    def on_update(self, status):
        say({"event": "update", "payload": plain(status)})

    def on_notification(self, notification):
        say({"event": "notification", "payload": plain(notification)})

    def on_status_update(self, status):
        say({"event": "status.update", "payload": plain(status)})

    def on_delete(self, status_id):
        say({"event": "delete", "payload": str(status_id)})

    def on_abort(self, err):
        say({"event": "abort", "payload": str(err)})


for line in sys.stdin:
    method, positional, named = json.loads(line)
    try:
        if method == "register":
            client_id, client_secret = Mastodon.create_app(*positional, **named)
            client = Mastodon(client_id, client_secret, api_base_url=named["api_base_url"])
            result = [client_id, client_secret]
        elif method == "listen":
            handle = client.stream_user(Listener(), run_async=True)
            result = handle.is_alive()
        elif method == "status_reply":
            result = client.status_reply(client.status(positional[0]), *positional[1:])
        else:
            result = getattr(client, method)(*positional, **named)
        say({"result": plain(result)})
    except Exception as error:
        say({"error": type(error).__name__ + ": " + str(error)})
