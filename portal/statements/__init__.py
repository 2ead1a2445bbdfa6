"""What partners write down about regular sharing, access and fairness: statements, access requests, privacy notices."""
