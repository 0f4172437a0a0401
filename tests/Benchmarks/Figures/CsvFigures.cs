using System.Diagnostics;
using System.Globalization;
using CertFunctions.Benchmarks.Raw;

namespace CertFunctions.Benchmarks.Figures;

/// <summary>G11 and G12: how fast files are read, and in how much memory.</summary>
internal sealed class CsvFigures(Options options)
{
    /// <summary>What this program is started with to read a file for itself: see <see cref="PeakAsync"/>.</summary>
    public const string ReadAlone = "--read-csv";

    private const int Users = 10_000;
    private const int RowsBytes = 20_000_000;
    private const int ShortRowsMegabytes = 40;

    public async IAsyncEnumerable<Measured> MeasureAsync()
    {
        if (options.Wants("G11"))
        {
            yield return await SpeedAsync();
        }

        if (options.Wants("G12"))
        {
            yield return await MemoryAsync();
        }
    }

    /// <summary>The process that <see cref="MemoryAsync"/> starts: reads a file of so many megabytes, and says what it took.</summary>
    public static async Task ReadAloneAsync(int megabytes, bool areShort)
    {
        var rows = await CsvReading.ReadAsync(CsvReading.Among(Users, 4_000), new GeneratedCsv(megabytes * 1_000_000L, Users, areShort), Stream.Null);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rows} {Process.GetCurrentProcess().PeakWorkingSet64}"));
    }

    private async Task<Measured> SpeedAsync()
    {
        var file = GeneratedCsv.Whole(RowsBytes, Users);
        var readers = CsvReading.Among(Users, 100);
        var rows = RawAwardRow.ReadAll(file);
        await CsvReading.ReadAsync(readers, new MemoryStream(file), null);
        var turns = await Timing.InTurnsAsync(
            options.Pairs * 2,
            _ => Timing.OfAsync(async () => Expect(rows, await CsvReading.ReadAsync(readers, new MemoryStream(file), null))),
            _ => Timing.OfAsync(() =>
            {
                Expect(rows, RawAwardRow.ReadAll(file));
                return Task.CompletedTask;
            }));
        return new(
            FigureTable.G11, 1 / turns.Quotient, $"{rows:n0} rows: ours {rows / turns.First.TotalSeconds:n0}/s, CsvHelper {rows / turns.Second.TotalSeconds:n0}/s");
    }

    private async Task<Measured> MemoryAsync()
    {
        var (few, small) = await PeakAsync(10);
        var (many, large) = await PeakAsync(options.CsvMegabytes);
        var (most, shortest) = await PeakAsync(ShortRowsMegabytes, areShort: true);
        return new(
            FigureTable.G12,
            Math.Max(large, shortest) - small,
            $"{many:n0} rows in {large:0} MB, {most:n0} as short as can be in {shortest:0} MB, {few:n0} in {small:0} MB, each file read and reported in a process of its own");
    }

    private static async Task<(int Rows, double Megabytes)> PeakAsync(int megabytes, bool areShort = false)
    {
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [ReadAlone, $"{megabytes}", $"{areShort}"]) { RedirectStandardOutput = true })!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var numbers = said.Split(' ').Select(number => long.Parse(number, CultureInfo.InvariantCulture)).ToList();
        return ((int)numbers[0], numbers[1] / 1e6);
    }

    private static void Expect(int rows, int tasks)
    {
        if (rows != tasks)
        {
            throw new InvalidOperationException($"{tasks} tasks of {rows} rows.");
        }
    }
}
