package explore

import "math/big"

// Interval is where the share of n in all lies, in millionths, as sure as 95 %:
// the score interval of E. B. Wilson (1927), which holds for few runs and near 0
// and 1 too. It is computed in whole numbers: with z = 1.96, and all in units of
// 1/10,000, (n + z²/2 ± z √(n (all-n)/all + z²/4)) / (all + z²).
func Interval(n, all int64) (low, high int64) {
	if all <= 0 {
		return 0, 0
	}
	const z, zz = 196, 38416 // hundredths, ten-thousandths
	unit := big.NewInt(10_000)
	root := new(big.Int).Mul(big.NewInt(n), big.NewInt(all-n))
	root.Mul(root, new(big.Int).Mul(unit, unit)).Div(root, big.NewInt(all))
	root.Add(root, big.NewInt(zz/4*10_000)).Sqrt(root)
	half := root.Mul(root, big.NewInt(z)).Div(root, big.NewInt(100))
	middle := new(big.Int).Mul(big.NewInt(n), unit)
	middle.Add(middle, big.NewInt(zz/2))
	under := new(big.Int).Mul(big.NewInt(all), unit)
	under.Add(under, big.NewInt(zz))
	share := func(x *big.Int) int64 {
		x.Mul(x, big.NewInt(1_000_000)).Div(x, under)
		return min(1_000_000, max(0, x.Int64()))
	}
	return share(new(big.Int).Sub(middle, half)), share(new(big.Int).Add(middle, half))
}
