order = Run them in one terminal (Bash, CloudShell), from top to bottom. Each command uses values that earlier ones found.
fill_in = Fill in first. The commands below still lack these values:
room = { $name } × { $count }: room for up to { $all } tasks, { $each } on each instance. By limit, on each:
by_interfaces = network interfaces { $n }
by_memory = memory { $n }
by_cpu = CPU { $n }
by_ports = fixed host port { $n }
trunked = With ENI trunking, network interfaces allow { $n }.
