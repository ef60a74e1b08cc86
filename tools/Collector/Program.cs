return Appliance.Collector.CommandLine.Run(args);
