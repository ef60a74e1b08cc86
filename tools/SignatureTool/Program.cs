return Appliance.SignatureTool.CommandLine.Run(args);
