"""Loads tools without an ending as modules and makes small trees for them to look at."""
import importlib.machinery
import importlib.util
import os
import tempfile
import unittest

TOOLS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")


def load(name):
    path = os.path.join(TOOLS, name)
    loader = importlib.machinery.SourceFileLoader(name.replace(".", "_"), path)
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(loader.name, loader))
    loader.exec_module(module)
    return module


class TreeCase(unittest.TestCase):
    """A test with a temporary folder that files are written into."""

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.root = self.folder.name
        self.addCleanup(self.folder.cleanup)

    def put(self, path, text=""):
        full = os.path.join(self.root, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "w", encoding="utf-8") as file:
            file.write(text)
        return full
