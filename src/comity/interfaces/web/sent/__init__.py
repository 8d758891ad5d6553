"""What is sent to the site: files of editors, and replies of offices."""
