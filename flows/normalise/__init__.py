"""From sentences to dates, figures and actors: frames in, frames out, relational all the way."""
