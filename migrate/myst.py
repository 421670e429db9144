"""The one module that spells MyST: directives, roles, targets and escapes."""
