process.stdout.write('runtree 0.1.0\n')
