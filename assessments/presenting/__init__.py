"""Released results in the forms people meet them in: figures, prompts for a conversation, lines of a sheet."""
