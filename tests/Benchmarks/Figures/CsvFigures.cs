using System.Diagnostics;
using System.Globalization;
using CertFunctions.Benchmarks.Raw;
using CertFunctions.Core.Ingestion;

namespace CertFunctions.Benchmarks.Figures;

/// <summary>G11, G12, G12u: how fast files are read, and in how much memory.</summary>
internal sealed class CsvFigures(Options options)
{
    /// <summary>What this program is started with to read a file for itself: see <see cref="PeakAsync"/>.</summary>
    public const string ReadAlone = "--read-csv";

    private const int Users = 10_000;
    private const int RowsBytes = 20_000_000;
    private const int ShortRowsMegabytes = 40;
    private const int FewRows = 100_000;

    /// <summary>
    /// 4 MiB may lie about before it is collected. The runtime lets as much lie as the processor's cache holds, hundreds of MB on some: that says
    /// nothing of the program.
    /// </summary>
    private const string LittleGarbage = "0x400000";

    private const string Tasks = "tasks";
    private const string AwardsFile = "awards";
    private const string ShortAwardsFile = "short-awards";
    private const string UsersFile = "users";
    private const string GroupsFile = "groups";

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

        if (options.Wants("G12u"))
        {
            yield return await DirectoryMemoryAsync();
        }
    }

    /// <summary>The process that <see cref="PeakAsync"/> starts: reads a file, and says what it took.</summary>
    /// <param name="size">Awards: in megabytes, users and groups: in rows.</param>
    public static async Task ReadAloneAsync(string what, int size)
    {
        var bytes = size * 1_000_000L;
        var rows = await (what switch
        {
            AwardsFile => CsvReading.ReadAsync(ImportKind.Awards, CsvReading.Among(Users, 4_000), GeneratedCsv.Awards(bytes, Users), Stream.Null),
            ShortAwardsFile => CsvReading.ReadAsync(ImportKind.Awards, CsvReading.Among(Users, 4_000), GeneratedCsv.ShortAwards(bytes), Stream.Null),
            UsersFile => CsvReading.ReadAsync(ImportKind.Users, CsvReading.Among(0, 0), GeneratedCsv.Users(size), Stream.Null),
            _ => CsvReading.ReadAsync(ImportKind.Groups, CsvReading.Among(0, 0), GeneratedCsv.Members(size), Stream.Null),
        });
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rows} {Process.GetCurrentProcess().PeakWorkingSet64}"));
    }

    private async Task<Measured> SpeedAsync()
    {
        var file = GeneratedCsv.WholeAwards(RowsBytes, Users);
        var readers = CsvReading.Among(Users, 100);
        var rows = RawAwardRow.ReadAll(file);
        await CsvReading.ReadAsync(ImportKind.Awards, readers, new MemoryStream(file), null);
        var turns = await Timing.InTurnsAsync(
            options.Pairs * 2,
            _ => Timing.OfAsync(async () => Expect.Same(rows, await CsvReading.ReadAsync(ImportKind.Awards, readers, new MemoryStream(file), null), Tasks)),
            _ => Timing.OfAsync(() =>
            {
                Expect.Same(rows, RawAwardRow.ReadAll(file), Tasks);
                return Task.CompletedTask;
            }));
        return new(
            FigureTable.G11, 1 / turns.Quotient, $"{rows:n0} rows: ours {rows / turns.First.TotalSeconds:n0}/s, CsvHelper {rows / turns.Second.TotalSeconds:n0}/s");
    }

    private async Task<Measured> MemoryAsync()
    {
        var (few, small) = await PeakAsync(AwardsFile, 10);
        var (many, large) = await PeakAsync(AwardsFile, options.CsvMegabytes);
        var (most, shortest) = await PeakAsync(ShortAwardsFile, ShortRowsMegabytes);
        return new(
            FigureTable.G12,
            Math.Max(large, shortest) - small,
            $"{many:n0} rows in {large:0} MB, {most:n0} as short as can be in {shortest:0} MB, {few:n0} in {small:0} MB, each file read and reported in a process of its own");
    }

    private async Task<Measured> DirectoryMemoryAsync()
    {
        var users = await GrowthAsync(UsersFile);
        var members = await GrowthAsync(GroupsFile);
        return new(FigureTable.G12Directory, Math.Max(users.More, members.More), $"{users.Note}; {members.Note}; each file read and reported in a process of its own");
    }

    private async Task<(double More, string Note)> GrowthAsync(string what)
    {
        var (few, small) = await PeakAsync(what, FewRows);
        var (many, large) = await PeakAsync(what, options.CsvRows);
        return (large - small, $"{what}: {many:n0} rows in {large:0} MB, {few:n0} in {small:0} MB");
    }

    private static async Task<(int Rows, double Megabytes)> PeakAsync(string what, int size)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [ReadAlone, what, $"{size}"]) { RedirectStandardOutput = true };
        start.Environment["DOTNET_GCgen0size"] = LittleGarbage;
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var numbers = said.Split(' ').Select(number => long.Parse(number, CultureInfo.InvariantCulture)).ToList();
        return ((int)numbers[0], numbers[1] / 1e6);
    }
}
