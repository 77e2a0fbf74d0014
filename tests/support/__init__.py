"""What the tests need from the machine: a database server and a browser."""
