"""Words for people, firms and what they buy: few enough that many share them, as people do."""

FIRST_NAMES = """
Ada Ben Chloé Dev Elif Farid Gwen Haruka Iris Jonas Kofi Lena Maya Nora Omar Priya Quentin Rosa Sam Tom Uma Viktor Wanda Xavier Yara Zoë Anton
Béatrice Carlos Daria Emil Fatima Greta Hugo Ines Jamal Klara Luc Marta Nils Olga Paul Renée Sofia Theo Ursula Vera William Yusuf Zara
""".split()

LAST_NAMES = [f"{beginning}{ending}" for beginning in """
Ander Berg Carl Dom East Fair Gold Hart Iver John Kirk Lind Mor Nord Oster Peter Quill Rosen Stein Thorn Under Vester West York Zimmer
""".split() for ending in ["son", "mann", "field", "ley", "strand", "ova", "er", "well"]]

NOUNS = "Machine Grinder Counter Service Training Lease Renovation Installation Subscription Repair Water Beans Barista Export Spare".split()

PLACES = """
Amsterdam Bern Cork Dublin Essen Florence Geneva Hull Izmir Jena Kyoto Lyon Malmö Nantes Oslo Porto Quebec Riga Seville Turin Utrecht Vigo Warsaw
Xanten York Zagreb
""".split()
