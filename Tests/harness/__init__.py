"""What the tests of the whole program stand on: its process, its interface, its sockets, its database, its network."""
