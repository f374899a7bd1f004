"""Rules of disks and machines that no cluster owns."""
