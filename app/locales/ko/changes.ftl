order = { $what }: 순서를 바꿨어요
added = { $what }: 추가했어요
removed = { $what }: 지웠어요
changed = { $what }: { $before } → { $after }
containers = 컨테이너
container = 컨테이너
variable = 변수
secret = 보안 암호
