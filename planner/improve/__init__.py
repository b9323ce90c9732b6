"""Which few changes bring a diary where it should be?"""
