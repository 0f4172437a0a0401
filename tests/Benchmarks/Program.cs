using System.Globalization;
using CertFunctions.Benchmarks;
using CertFunctions.Benchmarks.Figures;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is [CsvFigures.ReadAlone, var what, var size])
{
    await CsvFigures.ReadAloneAsync(what, int.Parse(size, CultureInfo.InvariantCulture));
    return 0;
}

if (Options.Parse(args) is not { } options)
{
    Console.Error.WriteLine(Options.Usage);
    return 1;
}

Console.WriteLine(Machine.Describe());
await using var bench = await Bench.StartAsync();
var all = new List<Measured>();
await foreach (var measured in AllFigures.MeasureAsync(bench, options))
{
    all.Add(measured);
    Console.WriteLine($"{measured.Figure.Id}: {measured.Value:0.####} ({measured.Note})");
}

FigureTable.Print(all.OrderBy(measured => FigureTable.Order(measured.Figure)));
return 0;
