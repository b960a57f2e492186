"""What the starter model learns from: questions with a thought and an answer, all made by rule."""
