using System.Globalization;

namespace CertFunctions.Benchmarks;

internal static class FigureTable
{
    public static readonly Figure G1 = new("G1", "table transactions per new award", 0.060, 0.045);
    public static readonly Figure G1Renewal = new("G1r", "table transactions per renewal that moves the expiry", 0.11, 0.085);
    public static readonly Figure G2 = new("G2", "queue messages per award", 0.005, 0.0016);
    public static readonly Figure G3 = new("G3", "awards/s, queue to done, ÷ raw client, 10,000", 0.50, 0.75, AtLeast: true);
    public static readonly Figure G4 = new("G4", "the same through the whole local host and worker", 0.30, 0.50, AtLeast: true);
    public static readonly Figure G5Small = new("G5", "the same in process at 1,000", 0.30, 0.50, AtLeast: true);
    public static readonly Figure G5Large = new("G5", "the same in process at 100,000", 0.50, 0.80, AtLeast: true);
    public static readonly Figure G6 = new("G6", "POST of 100 users, done before the answer, ÷ raw client that reads and writes the same", 2, 1.3);
    public static readonly Figure G7 = new("G7", "table transactions of a page of 50, by certification", 20, 17);
    public static readonly Figure G8 = new("G8", "that page of a long list ÷ of one of 1,000, ÷ raw client's quotient", 1.25, 1.1);
    public static readonly Figure G9 = new("G9", "table transactions of what a user holds", 1, 1);
    public static readonly Figure G10 = new("G10", "POST of a large group ÷ of 200, to its 202", 1.5, 1.1);
    public static readonly Figure G11 = new("G11", "CSV rows validated/s ÷ CsvHelper's typed parse alone", 0.15, 0.40, AtLeast: true);
    public static readonly Figure G12 = new("G12", "MB of peak memory for a large CSV file − for one of 10 MB", 96, 32);
    public static readonly Figure G12Directory = new("G12u", "the same for a long file of users, and one of groups", 96, 32);
    public static readonly Figure G13 = new("G13", "KB allocated per award, less those of a raw client that reads and writes the same", 24, 12);
    public static readonly Figure G14 = new("G14", "cold start of the worker to its first answer ÷ an empty isolated worker", 2, 1.3);
    public static readonly Figure G16 = new("G16", "table requests a row: users file, new, each in a branch", 0.30, 0.15);
    public static readonly Figure G17 = new("G17", "the same, nothing changed", 0.05, 0.03);
    public static readonly Figure G18 = new("G18", "the same, every last name changed, nobody holds an award", 0.40, 0.20);
    public static readonly Figure G19 = new("G19", "table requests a row: members of a group, new", 0.10, 0.05);
    public static readonly Figure G19Unchanged = new("G19u", "the same, members as they were", 0.05, 0.03);
    public static readonly Figure G20 = new("G20", "table requests a row: awards file by username, new, dense", 0.15, 0.10);
    public static readonly Figure G20Again = new("G20r", "the same once more", 0.10, 0.06);
    public static readonly Figure G21 = new("G21", "table requests of a user event that changes nothing", 6, 4);
    public static readonly Figure G21New = new("G21n", "the same of a new person in a branch", 10, 7);
    public static readonly Figure G22 = new("G22", "seconds from POST to done of 101 awards behind a large import; aim: 3 × alone", 10);
    public static readonly Figure G23 = new("G23", "import of new users ÷ raw client that writes the same final rows in full transactions", 4, 2);
    public static readonly Figure Plan = new("P", "plan of 10,000 awards ÷ the award of the same", Aim: 0.6);
    public static readonly Figure Undo = new("U", "undo of 10,000 awards ÷ the award of the same", Aim: 1.2);
    public static readonly Figure R = new("R", "table requests per award re-keyed, by a file that renames its holder");
    public static readonly Figure W1 = new("W1", "storage writes per webhook message, to its 202", 2, 2);
    public static readonly Figure W2 = new("W2", "p99 of a webhook's 202, 50 senders, ÷ of a bare write of the same", 2, 1.2);

    private static readonly Figure[] InOrder =
    [
        G1, G1Renewal, G2, G3, G4, G5Small, G5Large, G6, G7, G8, G9, G10, G11, G12, G12Directory, G13, G14,
        G16, G17, G18, G19, G19Unchanged, G20, G20Again, G21, G21New, G22, G23, Plan, Undo, R, W1, W2,
    ];

    /// <summary>By its text: an aim may be measured too.</summary>
    public static int Order(Figure figure) => Array.FindIndex(InOrder, one => one.Text == figure.Text);

    public static void Print(IEnumerable<Measured> all)
    {
        Console.WriteLine();
        Console.WriteLine("| # | figure | measured | gate | aim | verdict | with |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var (figure, value, note) in all)
        {
            Console.WriteLine(
                $"| {figure.Id} | {figure.Text} | {Text(value)} | {Mark(figure, figure.Gate)} | {Mark(figure, figure.Aim)} | {figure.VerdictOn(value)} | {note} |");
        }
    }

    private static string Mark(Figure figure, double? mark) => mark is { } value ? $"{(figure.AtLeast ? "≥" : "≤")} {Text(value)}" : "";

    private static string Text(double value) => value.ToString(value < 0.1 ? "0.0000" : "0.##", CultureInfo.InvariantCulture);
}
