"""Actors people bring along: from a CSV of names, from PETRARCH dictionaries, from FollowTheMoney entities."""
