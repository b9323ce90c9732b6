"""magplan: a week of real meals that meets a magnesium target, checked and with its gap stated."""
