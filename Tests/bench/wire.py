"""Requests on one connection that is kept, with as little of this side in the figures as can be."""

import http.client
import json


class Wire:
    def __init__(self, port, cookie):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.fields = {"Cookie": cookie, "Origin": f"http://127.0.0.1:{port}"}

    def request(self, method, path, body=None):
        fields = self.fields if body is None else {**self.fields, "Content-Type": "application/json"}
        self.connection.request(method, path, None if body is None else json.dumps(body), fields)
        answer = self.connection.getresponse()
        content = answer.read()
        if answer.status >= 300:
            raise AssertionError(f"{method} {path}: {answer.status} {content.decode()}")
        return content

    def close(self):
        self.connection.close()
