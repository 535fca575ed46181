from karvan.cli import main

main()
