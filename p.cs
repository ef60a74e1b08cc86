using System; using System.IO; using System.Linq; using System.Reflection;
using Appliance.Sensor.Signatures; using Appliance.SignatureTool; using Appliance.Firmware.Tables;
var dm = typeof(Appliance.Simulator.ExitCode).Assembly.GetType("Appliance.Simulator.DeviceMemory")!;
var octets = dm.GetMethod("Octets", BindingFlags.NonPublic|BindingFlags.Static)!;
int Size(object o, params object[] seen){ var h=new System.Collections.Generic.HashSet<object>(System.Collections.Generic.ReferenceEqualityComparer.Instance); foreach(var s in seen){h.Add(s);} return (int)octets.Invoke(null,new object[]{o,h})!; }
SignatureTable L(byte[] f){ var t=new SignatureTable(); if(t.Load(f,f.Length)!=0) throw new Exception(); return t; }
var shipped=L(TableCompiler.CompileText([("a", File.ReadAllText("/work/main/firmware/tables/imaging.rules"))], ("s", File.ReadAllText(Directory.GetFiles("/work/main/firmware/tables","*.toml")[0]))).Table!);
string rules=string.Concat(Enumerable.Range(0,200).Select(i=>$"alert tcp $EXTERNAL_NET any -> $HOME_NET [{1000+7*i},{2001+7*i}] ( msg:\"{new string('x',10+i%10)} {i:000}\"; flags:S,CE; flow:stateless; priority:2; metadata:suspect yes; sid:{i+1}; )\n"));
var big=L(TableCompiler.CompileText([("a", rules)], ("s", File.ReadAllText(Directory.GetFiles("/work/main/firmware/tables","*.toml")[0]))).Table!);
foreach (var (n,t) in new[]{("shipped",shipped),("200",big)}) Console.WriteLine($"{n}: file {t.Length} table {t.MemoryOctets()} measured {Size(t)} matcher {Size(new SignatureMatcher(t),t)}");
Console.WriteLine($"trial big over shipped {Size(new TableTrial(big,shipped),big,shipped)}, big over big {Size(new TableTrial(big,big),big)}");
