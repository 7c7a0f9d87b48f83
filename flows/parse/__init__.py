"""From raw text to paragraphs and sentences with exact offsets: frames in, frames out."""
