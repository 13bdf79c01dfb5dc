"""What is computed at release, and audited: pure arithmetic on people's places and answers, no database and no clock."""
