"""Files that anybody may fetch: the agreement, published figures, guides, forms on paper, the certificate of the seal, the logo.

`agreement_pdf.agreement_file` is the way in for most people; the other modules are one file each, or one kind of file.
"""
