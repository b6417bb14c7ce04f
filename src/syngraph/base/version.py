"""The version that answers and files carry."""

VERSION = "0.1.0"
