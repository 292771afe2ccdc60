// The minimum for h²: everything shrinks, nothing becomes 0.
double cheapest(double z, double lambda) { return z / (1 + lambda); }
