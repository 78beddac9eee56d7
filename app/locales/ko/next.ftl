order = 한 터미널(Bash, CloudShell)에서 위에서 아래로 실행해 주세요. 앞의 명령어가 찾은 값을 뒤의 명령어가 이어서 써요.
fill_in = 먼저 채워 주세요. 아래 명령어에 들어갈 값이 아직 없어요:
room = { $name } { $count }대에 태스크를 최대 { $all }개(한 대에 { $each }개) 배치할 수 있어요. 한 대 기준:
by_interfaces = 네트워크 인터페이스로 { $n }개
by_memory = 메모리로 { $n }개
by_cpu = CPU로 { $n }개
by_ports = 고정 호스트 포트로 { $n }개
trunked = ENI 트렁킹을 켜면 네트워크 인터페이스로는 { $n }개예요.
