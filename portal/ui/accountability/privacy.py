"""How the privacy page tells its cookies."""

from portal.ui.blocks import table


def show_cookies() -> None:
    """Show each cookie, what it is for, and how long it stays."""
    table(
        "Cookies",
        ["Name", "What for", "How long"],
        [
            ("portal_session", "Keeps you signed in", "12 hours at most, 30 minutes without use"),
            ("portal_sign_in", "Shows the sign-in form again with what you typed", "2 minutes"),
            ("portal_sign_in_with", "Waits while you sign in with your own organisation", "10 minutes"),
            ("portal_second_step", "Waits for the code from your app", "10 minutes"),
            ("portal_known_…", "Tells a device of yours from a new one, or a stranger's", "400 days"),
            ("portal_link", "Holds an invitation or password link", "1 hour"),
            ("portal_door", "Knows your phone at the next meeting", "400 days"),
            ("portal_door_language", "Keeps the language that you chose at the door", "400 days"),
            ("portal_door_link", "Holds a link sent to somebody who signed before", "15 minutes"),
            ("portal_door_tablet", "Makes a tablet the one that goes round", "12 hours"),
            ("portal_set_up", "Keeps the answers of the first set-up", "28 days"),
            ("_streamlit_xsrf", "Protects forms against other sites", "Until you close the browser"),
        ],
        hide_caption=True,
    )
