"""Information sharing statements for regular sharing (Appendix 5): drafted together, signed by each party, reviewed, ended."""
