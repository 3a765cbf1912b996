"""The HTTP interface, as a program would use it."""

import http.client
import itertools
import json
import urllib.parse

OWNER = {"name": "Olive Owner", "email": "olive@example.com", "password": "correct horse battery"}


class Refused(Exception):
    """An answer that is not a success."""

    def __init__(self, status, body):
        super().__init__(status, body)
        self.status = status
        self.code = body.get("error", {}).get("code") if isinstance(body, dict) else None
        self.fields = body.get("error", {}).get("fields") if isinstance(body, dict) else None
        self.body = body


class Interface:
    """A client with one session."""

    _keys = itertools.count()

    def __init__(self, url):
        self.url = url
        self.address = urllib.parse.urlsplit(url).netloc
        self.cookie = None

    def request(self, method, path, body=None, headers=None):
        """Returns the status, the fields and the decoded body of an answer, whatever it is."""
        fields = {"Origin": self.url, **(headers or {})}
        if self.cookie:
            fields["Cookie"] = self.cookie
        data = None
        if isinstance(body, bytes):
            data = body
            fields.setdefault("Content-Type", "application/octet-stream")
        elif body is not None:
            data = json.dumps(body)
            fields.setdefault("Content-Type", "application/json")
        connection = http.client.HTTPConnection(self.address, timeout=30)
        try:
            connection.request(method, path, data, fields)
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        if cookie := answer.headers.get("Set-Cookie"):
            self.cookie = cookie.split(";")[0]
        if answer.headers.get_content_type() == "application/json" and content:
            content = json.loads(content)
        return answer.status, answer.headers, content

    def call(self, method, path, body=None, headers=None):
        status, _, content = self.request(method, path, body, headers)
        if status >= 300:
            raise Refused(status, content)
        return content

    def get(self, path):
        return self.call("GET", path)

    def post(self, path, body, **headers):
        return self.call("POST", path, body, headers)

    def patch(self, path, body):
        return self.call("PATCH", path, body)

    def set_up(self, token, **changes):
        """Makes the workspace and its owner, and signs in as the owner."""
        workspace = {"workspaceName": "Acme", "timeZone": "Europe/Paris", **OWNER}
        return self.post("/api/setup", {"token": token, **workspace, **changes})

    def sign_in(self, email=OWNER["email"], password=OWNER["password"]):
        self.post("/api/session", {"email": email, "password": password})
        return self

    def session(self):
        return self.get("/api/session")

    def messages(self, conversation):
        """Every message of a conversation, oldest first."""
        messages, after = [], 0
        while True:
            page = self.get(f"/api/conversations/{conversation}/messages?after={after}&limit=200")
            messages += page["messages"]
            if not page["hasLater"]:
                return messages
            after = messages[-1]["number"]

    def conversations(self, **query):
        """Every open conversation, newest activity first, over all pages."""
        conversations, before = [], None
        while True:
            paging = {"limit": 100, **query, **({"before": before} if before else {})}
            page = self.get("/api/conversations?" + urllib.parse.urlencode(paging))
            conversations += page["conversations"]
            before = page["next"]
            if before is None:
                return conversations
