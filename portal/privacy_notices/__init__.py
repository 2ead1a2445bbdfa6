"""Privacy notices (fair processing, s6): made from what an organisation really uses."""
