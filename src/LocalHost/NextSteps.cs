namespace CertFunctions.LocalHost;

/// <summary>What somebody who has just started the host may try: each line works as printed.</summary>
internal static class NextSteps
{
    /// <summary>Where there are certifications of an earlier run, none is suggested that might be one of them.</summary>
    public static string WithoutDemo(Uri address, bool isEmpty) => isEmpty ? OnNothing(address) : OnEarlierData(address);

    private static string OnEarlierData(Uri address) => $"""

        Open {address} in a browser.

        Try next:
          curl {address}api/health
          curl {address}api/certifications
          curl {address}api/jobs
        Ctrl+C stops everything. With --demo, and --data <a new folder>, there is an organisation to play with.

        """;

    private static string OnNothing(Uri address) => $"""

        Open {address} in a browser.

        Try next:
          curl {address}api/health
          curl -X PUT {address}api/certifications/FIRE-1 -H 'Content-Type: application/json' -d '{Certification}'
          curl {address}api/certifications
        Ctrl+C stops everything. With --demo there is an organisation to play with.

        """;

    public static string WithDemo(Uri address) => $"""

        Open {address} in a browser.

        Try next:
          curl {address}api/certifications
          curl '{address}api/certifications/FIRE-1/awards?limit=5'
          curl -X POST {address}api/certifications/CRANE-2/awards -H 'Content-Type: application/json' -d '{Award}'
          curl -X POST '{address}api/imports?kind=awards' -H 'Content-Type: text/csv' --data-binary $'{Csv}'
        Ctrl+C stops everything.

        """;

    private const string Certification = """{"title":"Fire warden","validity":{"value":24,"unit":"months"}}""";

    private const string Csv = @"username,certification_code,certification_issue_date,always_valid,type\nalan.archer,FIRST-AID,2026-11-24,yes,manual\n";

    private const string Award = """{"branches":["north"],"includeSubBranches":true}""";
}
