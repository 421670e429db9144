"""The report: a folder of static pages in which a person looks through a migration.

`evidence` asks both engines, `pages` gathers what is known of each page, `overview` what is known
of all, and `folder` writes it. What a site says is untrusted: `sanitise` lets only harmless
elements through, and the report shows them in frames in which nothing runs.
"""
