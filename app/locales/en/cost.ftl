won = ₩{ $won }
won_note = Won at ₩{ $rate } to the US dollar, the rate of { $date }. An estimate: AWS charges in US dollars.
in_won = In won: about { $hour } an hour, { $month } a month. { $note }
