"""Write a project, and write it again without losing what people did in between.

A run, in a folder that is ours or empty (`tree`, `policy`):

    with open_tree(destination, Policy(on_conflict="stop"), tool=__version__) as tree:
        kept = {page for page, key in keys.items() if tree.manifest.is_current(page, key)}
        result = tree.write(outputs, kept, pages, notes, settings)
    result.changes, result.counts, result.conflicts, result.diagnostics

Outputs are taken one by one, so they may be a generator. `kept` names pages that aren't converted
this time (unchanged ones, and those that failed); assets of theirs are given all the same.
`pages` and `notes` say what the next run needs to know of converted pages. `view_tree` opens a
destination to look: `tree.decide(outputs, kept)` yields the same changes and nothing is written.

Around it:

- `undo.undo(destination)` takes the last run back;
- `differences`: `patch_of(change, tree)`, `edits(tree)` and `port(base, head, tree)` make file
  patches;
- `patch.render` and `patch.whole` print them for `git apply` and `patch -p1`, `views` as counts,
  names, words, or side by side;
- `history.commit_run` commits a run in a git repository, moves first;
- `Manifest.former_urls` are the URLs that a page had in earlier runs, for redirects;
- `items` keeps what a feed showed once.

The record (`record`, `manifest`, `journal`) is described where it is read and written.
"""
