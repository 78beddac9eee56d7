won = { $won }원
won_note = 원화는 { $date } 환율(US$1에 { $rate }원)로 계산한 예상 금액이에요. AWS는 US$로 청구해요.
in_won = 원화로는 시간당 약 { $hour }, 한 달이면 { $month } 정도예요. { $note }
