"""What the partnership keeps to show that it keeps data protection law (UK GDPR Article 5(2)): `complaints`, and the `papers` the law asks for.

The ways in: `complaints.receiving.complain` and `papers.making.make_paper`.
"""
