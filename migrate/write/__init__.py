"""Write a project, and write it again without losing what people did in between.

with open_tree(destination, policy, tool=__version__) as tree:
    kept = {page for page in pages if tree.is_current(identity, key)}
    result = tree.write(outputs, kept, pages, notes, settings)
"""

from migrate.write.change import Change, Done
from migrate.write.judge import Policy
from migrate.write.manifest import Manifest, PageRecord
from migrate.write.merge import Action
from migrate.write.tree import Tree, Written, open_tree, view_tree, write

__all__ = [
    "Action", "Change", "Done", "Manifest", "PageRecord", "Policy", "Tree", "Written",
    "open_tree", "view_tree", "write",
]  # fmt: skip
