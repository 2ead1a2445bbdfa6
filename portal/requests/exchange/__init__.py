"""From sending to deciding: the Section 4 check, the urgent path, correspondence, the decision, the answer and its receipt."""
