"""XML-RPC over a unix socket, which Python's standard library lacks."""
import http.client, socket, xmlrpc.client


class Connection(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__('localhost')
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(self.path)


class Transport(xmlrpc.client.Transport):
    def __init__(self, path):
        super().__init__()
        self.path = path

    def make_connection(self, host):
        return Connection(self.path)


def supervisor(path):
    """The methods `supervisor.…` of the server that listens at a path."""
    return xmlrpc.client.ServerProxy('http://localhost', transport=Transport(path)).supervisor
