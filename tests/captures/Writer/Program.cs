using System;
using System.IO;
using Appliance.CaptureWriter;
using Appliance.Traffic;

if (args.Length != 1)
{
    Console.Error.WriteLine("usage: CaptureWriter FOLDER   (writes detect01.pcap to detect10.pcap there)");
    return 1;
}

for (int number = 1; number <= Detects.Count; number++)
{
    string path = Path.Combine(args[0], Detects.FileName(number));
    try
    {
        using FileStream file = File.Create(path);
        PcapFile.Write(file, Detects.Build(number));
    }
    catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
    {
        Console.Error.WriteLine($"CaptureWriter: cannot write {path}: {problem.Message}");
        return 2;
    }
}

return 0;
