"""How an event looks on any map: its symbol, its colour, and the words behind them."""
