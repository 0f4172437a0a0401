using CertFunctions.Operations;

return await CommandLine.RunAsync(args);
