import assert from "node:assert/strict";
import { test } from "node:test";
import { isPublicAddress } from "./public-address.ts";

test("addresses of public servers are public", () => {
  for (const address of ["1.1.1.1", "93.184.215.14", "172.15.0.1", "172.32.0.1", "100.63.0.1", "100.128.0.1"])
    assert.equal(isPublicAddress(address), true, address);
  for (const address of ["2606:4700:4700::1111", "2a00:1450:400f::1", "2003::1"])
    assert.equal(isPublicAddress(address), true, address);
});

test("private, local and reserved IPv4 addresses are not public", () => {
  const addresses = [
    ["0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.0.1"],
    ["169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.192", "192.0.2.1", "192.88.99.1"],
    ["192.168.1.1", "198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.7", "224.0.0.1"],
    ["239.255.255.250", "240.0.0.1", "255.255.255.255", "168.63.129.16"],
  ];
  for (const address of addresses.flat()) assert.equal(isPublicAddress(address), false, address);
});

test("private, local and reserved IPv6 addresses are not public", () => {
  const addresses = [
    ["::", "::1", "fe80::1", "fe80::1%eth0", "fec0::1", "fc00::1", "fd00:ec2::254", "ff02::1"],
    ["2001:db8::1", "3fff::1", "2001::1", "2001:2::1", "2001:10::1", "100::1", "5f00::1", "::127.0.0.1"],
  ];
  for (const address of addresses.flat()) assert.equal(isPublicAddress(address), false, address);
});

test("an IPv6 address that carries an IPv4 one is judged by where it leads", () => {
  for (const address of ["::ffff:127.0.0.1", "::ffff:7f00:1", "0:0:0:0:0:FFFF:10.0.0.1", "::ffff:a9fe:a9fe"])
    assert.equal(isPublicAddress(address), false, address);
  for (const address of ["64:ff9b::127.0.0.1", "64:ff9b::a00:1", "64:ff9b:1::1.1.1.1", "2002:7f00:1::1"])
    assert.equal(isPublicAddress(address), false, address);
  assert.equal(isPublicAddress("::ffff:1.1.1.1"), true);
  assert.equal(isPublicAddress("64:ff9b::1.1.1.1"), true);
});

test("what is not an IP address is not public", () => {
  for (const address of ["", "localhost", "example.com", "0x7f.1", "127.1", "1.1.1.1:80", "[::1]"])
    assert.equal(isPublicAddress(address), false, address);
});
